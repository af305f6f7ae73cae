// The member that this page is in a room, kept as long as its tab: a page that is loaded again is still the
// same member, also the driver.

export interface Member {
  code: string;
  id: string;
  /** Proves to the server who that is. */
  secret: string;
  /** Not on the shared path. */
  away: boolean;
}

const KEY = "tandem.room";

export function keep(member: Member | null): void {
  try {
    if (member) sessionStorage.setItem(KEY, JSON.stringify(member));
    else sessionStorage.removeItem(KEY);
  } catch {
    // A browser that stores nothing: the room must be joined again.
  }
}

export function recall(): Member | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Partial<Member> | null;
    const { code, id, secret, away } = kept ?? {};
    if (typeof code === "string" && typeof id === "string" && typeof secret === "string") {
      return { code, id, secret, away: away === true };
    }
  } catch {
    // Something else under this name.
  }
  return null;
}
