export type { FlagErrorCode } from "./errors";
export * from "./types";
