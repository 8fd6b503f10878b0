import { type LogLevel, logLevel } from "./env-of-log";
import { needsNoLine } from "./sql";

type Level = Exclude<LogLevel, "silent">;
type Facts = Record<string, unknown>;

/**
 * One JSON object per line, warnings and errors to stderr. Errors are written with their causes. Of a database that has
 * fallen silent one line tells: warnings that follow from it, or from its slowness, are left to those who debug.
 */
export const logger = {
  debug: (message: string, facts?: Facts) => write("debug", message, facts),
  info: (message: string, facts?: Facts) => write("info", message, facts),
  warn: (message: string, facts: Facts = {}) =>
    write(Object.values(facts).some(needsNoLine) ? "debug" : "warn", message, facts),
  error: (message: string, facts?: Facts) => write("error", message, facts),
};

const severity = { debug: 0, info: 1, warn: 2, error: 3, silent: 4 } as const;

function write(level: Level, message: string, facts: Facts = {}): void {
  if (severity[level] < severity[logLevel()]) return;
  const line = JSON.stringify({ time: new Date().toISOString(), level, message, ...facts }, toPlain);
  if (severity[level] >= severity.warn) console.error(line);
  else console.log(line);
}

function toPlain(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (!(value instanceof Error)) return value;
  const { name, message, stack, cause } = value;
  const code = "code" in value ? value.code : undefined;
  return { name, code, message, stack, ...(cause === undefined ? {} : { cause }) };
}
