export const EXPERIMENT_ROLES = ["viewer", "editor", "admin"] as const;
/** What somebody may do with experiments; an administrator of the application is an admin of them too. */
export type ExperimentRole = (typeof EXPERIMENT_ROLES)[number];
