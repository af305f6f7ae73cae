// A drawing as a file of its own: the styles that it has on the page are written into it.

/** What the page's style sheets may say about the inside of a drawing. */
const PROPERTIES = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "stroke-opacity",
  "opacity", "font-family", "font-size", "font-weight", "font-style", "text-anchor", "dominant-baseline", "paint-order", "text-decoration", "letter-spacing",
];
/** Only on screen: what shows where the reader is. */
const SCREEN_ONLY = "[data-screen]";

export function asSvg(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  resolve(svg, copy);
  copy.querySelectorAll(SCREEN_ONLY).forEach((each) => each.remove());
  const { width, height } = extent(svg);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  if (!copy.hasAttribute("viewBox")) copy.setAttribute("viewBox", `0 0 ${width} ${height}`);
  copy.prepend(background(svg, width, height));
  return new XMLSerializer().serializeToString(copy);
}

// Element by element, what the browser computed becomes presentation attributes.
function resolve(from: Element, to: Element): void {
  const computed = getComputedStyle(from);
  if (computed.display === "none") to.setAttribute("display", "none");
  for (const property of PROPERTIES) {
    const value = computed.getPropertyValue(property);
    if (value !== "") to.setAttribute(property, value);
  }
  to.removeAttribute("class");
  to.removeAttribute("style");
  const children = [...to.children];
  [...from.children].forEach((child, place) => {
    const twin = children[place];
    if (twin) resolve(child, twin);
  });
}

function extent(svg: SVGSVGElement): { width: number; height: number } {
  const [width, height] = [svg.getAttribute("width"), svg.dataset.height].map(Number);
  if (width && height) return { width, height };
  const box = svg.getBoundingClientRect();
  return { width: Math.ceil(box.width), height: Math.ceil(box.height) };
}

function background(svg: SVGSVGElement, width: number, height: number): SVGRectElement {
  const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  rect.setAttribute("width", String(width));
  rect.setAttribute("height", String(height));
  rect.setAttribute("fill", backdrop(svg));
  return rect;
}

/** The colour that is behind the drawing on the page. */
function backdrop(element: Element): string {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    if (colour !== "" && colour !== "transparent" && !/,\s*0\)$/.test(colour)) return colour;
  }
  return "white";
}
