/** The most calls in one HTTP request: the client splits larger batches, and the server refuses them. */
export const MAX_CALLS = 50;
