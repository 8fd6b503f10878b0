import {
  type AnyProcedure,
  isProcedure,
  type Mutation,
  type Procedures,
  type Query,
} from "@calcom/features/experiments/server";
import type { TRPCMutationProcedure, TRPCQueryProcedure } from "@trpc/server";
import { type adminProcedure, experimentsProcedure } from "./trpc";

/** The same tree as procedures of tRPC. */
export type Served<Tree> = {
  [Name in keyof Tree]: Tree[Name] extends Query<infer Input, infer Output>
    ? TRPCQueryProcedure<{ input: Input; output: Output; meta: unknown }>
    : Tree[Name] extends Mutation<infer Input, infer Output>
      ? TRPCMutationProcedure<{ input: Input; output: Output; meta: unknown }>
      : Served<Tree[Name]>;
};

/** Those of people who may call them. */
type Guarded = typeof experimentsProcedure | typeof adminProcedure;

/** Hands what a feature answers through tRPC, as it is. */
export function serveProcedures<Tree extends Procedures>(
  tree: Tree,
  guarded: Guarded = experimentsProcedure,
): Served<Tree> {
  return Object.fromEntries(
    Object.entries(tree).map(([name, node]) => [
      name,
      isProcedure(node) ? serve(node, guarded) : serveProcedures(node as Procedures, guarded),
    ]),
  ) as Served<Tree>;
}

function serve({ kind, input, run }: AnyProcedure, guarded: Guarded) {
  // Both know the acting person in the same way.
  const own = guarded as typeof experimentsProcedure;
  const taken = input === null ? own : own.input(input);
  const answer = ({ ctx, input }: { ctx: { actor: { userId: number | null } }; input: unknown }) =>
    run(ctx.actor, input);
  return kind === "query" ? taken.query(answer) : taken.mutation(answer);
}
