/**
 * From the proxy to the render of the same request: for which page its visitor was made. Never taken from outside. The
 * cookie alone does not tell, since Next shows a render what the proxy is about to set.
 */
export const FIRST_SIGHT_HEADER = "x-visitor-first-sight";
export type MadeFor = "this-page" | "next-page";
