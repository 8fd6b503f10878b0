/** Calls in one HTTP request: the client splits what is more, the server refuses it. */
export const MAX_CALLS = 50;
