import type { ExperimentRole } from "../types/roles";
import type { Action } from "./lifecycle";

export const PERMISSIONS = ["view", "edit", "run", "decide", "govern", "convert"] as const;
/**
 * - `view`: see experiments, results and activity
 * - `edit`: create, configure, duplicate, schedule
 * - `run`: start, pause, resume, turn off and on
 * - `decide`: conclude, archive, delete, and look at results before their time
 * - `govern`: give roles
 * - `convert`: turn flags into experiments, and back. The flags are the application's: only its administrators may
 */
export type Permission = (typeof PERMISSIONS)[number];

const granted: Record<ExperimentRole, ReadonlySet<Permission>> = {
  viewer: new Set(["view"]),
  editor: new Set(["view", "edit", "run"]),
  admin: new Set(["view", "edit", "run", "decide", "govern"]),
};

export function allows(role: ExperimentRole, permission: Permission): boolean {
  return granted[role].has(permission);
}

export function permissionsOf(role: ExperimentRole, isAdministrator: boolean): Permission[] {
  return PERMISSIONS.filter((permission) => isAdministrator || allows(role, permission));
}

/** The permission that each step of the lifecycle requires. */
export const permissionFor: Record<Action, Permission> = {
  start: "run",
  pause: "run",
  resume: "run",
  turn_off: "run",
  turn_on: "run",
  conclude: "decide",
  archive: "decide",
};
