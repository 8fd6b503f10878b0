import {
  type AnyProcedure,
  isProcedure,
  type Mutation,
  type Procedures,
  type Query,
} from "@calcom/features/experiments/server";
import type { TRPCMutationProcedure, TRPCQueryProcedure } from "@trpc/server";
import { experimentsProcedure } from "./trpc";

/** The same tree as procedures of tRPC. */
export type Served<Tree> = {
  [Name in keyof Tree]: Tree[Name] extends Query<infer Input, infer Output>
    ? TRPCQueryProcedure<{ input: Input; output: Output; meta: unknown }>
    : Tree[Name] extends Mutation<infer Input, infer Output>
      ? TRPCMutationProcedure<{ input: Input; output: Output; meta: unknown }>
      : Served<Tree[Name]>;
};

/** Hands what the feature answers through tRPC, as it is. */
export function serveProcedures<Tree extends Procedures>(tree: Tree): Served<Tree> {
  return Object.fromEntries(
    Object.entries(tree).map(([name, node]) => [
      name,
      isProcedure(node) ? serve(node) : serveProcedures(node as Procedures),
    ]),
  ) as Served<Tree>;
}

function serve({ kind, input, run }: AnyProcedure) {
  const taken = input === null ? experimentsProcedure : experimentsProcedure.input(input);
  const answer = ({ ctx, input }: { ctx: { actor: { userId: number | null } }; input: unknown }) =>
    run(ctx.actor, input);
  return kind === "query" ? taken.query(answer) : taken.mutation(answer);
}
