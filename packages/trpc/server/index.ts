import "server-only";

export { MAX_CALLS } from "../limits";
export { type Context, createContext } from "./context";
export { type AppErrorData, type InputIssue, logFailure } from "./errors";
export { type AppRouter, appRouter } from "./routers/_app";
export { createCallerFactory } from "./trpc";
