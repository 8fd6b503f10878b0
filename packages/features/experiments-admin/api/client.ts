import type { AdminProcedures, Mutation, Query } from "@calcom/features/experiments/server";
import type { FlagProcedures } from "@calcom/features/flags/server";

/** The calls that pages make to the server, whatever the transport: tRPC here, the one route elsewhere. */
export type AdminClient = ClientOf<AdminProcedures>;

/** Those of the page of flags. */
export type FlagClient = ClientOf<FlagProcedures>;

/** The calls of a tree of procedures. */
export type ClientOf<Tree> = {
  [Name in keyof Tree]: Tree[Name] extends Query<infer Input, infer Output>
    ? { query(input: Input): Promise<Output> }
    : Tree[Name] extends Mutation<infer Input, infer Output>
      ? { mutate(input: Input): Promise<Output> }
      : ClientOf<Tree[Name]>;
};

/** What it answers. */
export type AdminOutputs = OutputsOf<AdminProcedures>;

type OutputsOf<Tree> = {
  [Name in keyof Tree]: Tree[Name] extends Query<infer _, infer Output> | Mutation<infer _, infer Output>
    ? Output
    : OutputsOf<Tree[Name]>;
};
