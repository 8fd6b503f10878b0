/** Clockwise. */
export const CORNERS = ["bottom-right", "bottom-left", "top-left", "top-right"] as const;
export type Corner = (typeof CORNERS)[number];

export const cornerClasses: Record<Corner, string> = {
  "bottom-right": "right-3 bottom-3",
  "bottom-left": "bottom-3 left-3",
  "top-left": "top-3 left-3",
  "top-right": "top-3 right-3",
};

export function nextCorner(corner: Corner): Corner {
  return CORNERS[(CORNERS.indexOf(corner) + 1) % CORNERS.length] ?? corner;
}
