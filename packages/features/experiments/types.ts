/** Everything that crosses a border is checked by these schemas there; inside, it is trusted. */

export type { Json } from "@calcom/lib/json";
export * from "./types/admin";
export * from "./types/answers";
export * from "./types/config";
export * from "./types/names";
export * from "./types/reports";
export * from "./types/settings";
