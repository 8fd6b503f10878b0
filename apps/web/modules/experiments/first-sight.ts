/** From the proxy to the render of the same request: its visitor was made for it. Never taken from outside. */
export const FIRST_SIGHT_HEADER = "x-visitor-first-sight";
