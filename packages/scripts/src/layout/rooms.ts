/** The module whose folders are rooms. */
export const MODULE = "packages/features/experiments";

/**
 * Its rooms from the bottom up: each may import what stands above it in this list, and nothing that stands below.
 * A room is a folder; `.` holds the doors, which join all the others.
 */
export const ROOMS = [
  // Pure: no I/O, no clock, no randomness, no Node.
  "lib/conditions",
  "types",
  "lib",
  "metrics",
  "utils",
  "results",
  // The browser.
  "lib/client",
  "context",
  "hooks",
  // The server.
  "sql",
  "lib/server",
  "serve/config",
  "serve",
  "results/recount",
  "admin",
  "admin/planning",
  "procedures",
  // The doors.
  ".",
] as const;

/** Arrows that turn back all the same. The decision of this name says why for each of them. */
export const DECISION = "rooms-by-folder";
export const TURNING_BACK = ["lib → lib/server", "admin → .", "procedures → ."] as const;

export const GOALS = { rooms: 18, arrowsPerRoom: 3.6, turningBack: 5, longestFile: 220, p90: 120 } as const;
