import type { z } from "zod";
import type { Actor } from "../admin-services";

/** One call of the administration, the same at every door. The service that answers checks the permission. */
export interface Procedure<Kind extends "query" | "mutation", Input, Output> {
  kind: Kind;
  /** What it takes; null where there is nothing to say. */
  input: z.ZodType | null;
  /** For the compiler alone, since a schema is not told apart by what it takes. */
  takes?: Input;
  run(actor: Actor, input: unknown): Promise<Output>;
}

export type Query<Input, Output> = Procedure<"query", Input, Output>;
export type Mutation<Input, Output> = Procedure<"mutation", Input, Output>;
export type AnyProcedure = Procedure<"query" | "mutation", unknown, unknown>;

/** Reads, and leaves no trace. */
export function query<Schema extends z.ZodType, Output>(
  input: Schema,
  run: (actor: Actor, input: z.output<Schema>) => Promise<Output>,
): Query<z.input<Schema>, Output> {
  return { kind: "query", input, run: run as (actor: Actor, input: unknown) => Promise<Output> };
}

/** The same without an input. */
export function queryAll<Output>(run: (actor: Actor) => Promise<Output>): Query<void, Output> {
  return { kind: "query", input: null, run };
}

/** Changes something, or leaves a line in the audit log. */
export function mutation<Schema extends z.ZodType, Output>(
  input: Schema,
  run: (actor: Actor, input: z.output<Schema>) => Promise<Output>,
): Mutation<z.input<Schema>, Output> {
  return { kind: "mutation", input, run: run as (actor: Actor, input: unknown) => Promise<Output> };
}

/** A tree of them. A dot joins the names of its branches. */
export interface Procedures {
  [name: string]: AnyProcedure | Procedures;
}

export function isProcedure(node: unknown): node is AnyProcedure {
  return typeof node === "object" && node !== null && "run" in node && typeof node.run === "function";
}

/** The one that a path such as `audience.count` names. */
export function findProcedure(procedures: Procedures, path: string): AnyProcedure | null {
  let node: AnyProcedure | Procedures | undefined = procedures;
  for (const name of path.split(".")) {
    if (node === undefined || isProcedure(node) || !Object.hasOwn(node, name)) return null;
    node = node[name];
  }
  return isProcedure(node) ? node : null;
}
