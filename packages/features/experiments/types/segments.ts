/** So few are people, and not a segment: an audience may name addresses, each of which is one person's. */
export const LEAST_SUBJECTS = 5;
