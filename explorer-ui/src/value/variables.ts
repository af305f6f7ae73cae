// What the variables mean that every model has; those of a protocol's own stores are its business.

export const MEANING: Record<string, string | undefined> = {
  incoming: "What waits for the endpoint, and how many copies of each",
  outgoing: "What was published and waits for its consumer, and how many copies of each",
  leases: "The slots whose message comes back unless it is acknowledged",
  slots: "What each handler is doing: the call it makes next, its message, and what it has loaded",
  up: "Whether the endpoint is running",
  acked: "What was acknowledged or answered, and is not delivered again",
  hist: "The history: which message made each change of business state, oldest first",
  sent: "Everything that was published: for which message, and about which change of the history",
  fresh: "How many new identities were drawn for each message",
  budget: "The faults that may still happen",
  provider: "What the third party remembers",
  late: "Requests on their way to the third party that nobody waits for any more",
  replies: "Replies on their way to the browser",
  browser: "Tabs that wait for an answer, and clicks the user has left",
};
