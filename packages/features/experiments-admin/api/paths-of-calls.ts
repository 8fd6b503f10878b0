import type { QueryKey } from "@tanstack/react-query";

export interface RecordedCall {
  path: string[];
  /** The last name. */
  method: string;
  args: unknown[];
}

/** An object on which any path can be called: `recorded.a.b.run(1)` tells of `a`, `b`, `run` and 1. */
export function recordPath(answer: (call: RecordedCall) => unknown, path: string[] = []): unknown {
  return new Proxy(() => {}, {
    get: (_, name) => recordPath(answer, [...path, String(name)]),
    apply: (_, __, args: unknown[]) => answer({ path: path.slice(0, -1), method: path.at(-1) ?? "", args }),
  });
}

/** As tRPC makes them, so that pages that ask through tRPC share what is remembered. */
export function keyOf(
  prefix: readonly string[],
  path: readonly string[],
  { input, type }: { input?: unknown; type?: "query" | "infinite" },
): QueryKey {
  const about = { ...(input !== undefined && { input }), ...(type !== undefined && { type }) };
  return Object.keys(about).length === 0 ? [[...prefix, ...path]] : [[...prefix, ...path], about];
}

/** Calls what stands at a path of the client. */
export function callAt(
  client: unknown,
  path: readonly string[],
  method: string,
  input: unknown,
): Promise<unknown> {
  const procedure = path.reduce((at, name) => (at as Record<string, unknown>)[name], client);
  return (procedure as Record<string, (input: unknown) => Promise<unknown>>)[method]?.(
    input,
  ) as Promise<unknown>;
}
