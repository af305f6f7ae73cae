// Stand-in: the diagram as a file.
export const asSvg = (svg: SVGSVGElement): string => svg.outerHTML;
