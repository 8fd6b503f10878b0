import { experimentsAdmin } from "@calcom/features/experiments/server";
import { knownSlugSchema } from "@calcom/features/experiments/types";
import { rowVersion } from "@calcom/lib/gate/numbers";
import { z } from "zod";
import { experimentsProcedure, router } from "../../../../trpc";

const bySlug = z.object({ slug: knownSlugSchema });
const byUnit = bySlug.extend({ unit: z.enum(["user", "team"]) });
const version = rowVersion;

/** From a flag to an experiment and back. */
export const flagMigrationRouter = router({
  plan: experimentsProcedure
    .input(byUnit)
    .query(({ ctx, input }) => experimentsAdmin().flagMigration.plan(ctx.actor, input)),

  convert: experimentsProcedure
    .input(byUnit.extend({ version }))
    .mutation(({ ctx, input }) => experimentsAdmin().flagMigration.convert(ctx.actor, input)),

  revert: experimentsProcedure
    .input(bySlug.extend({ version }))
    .mutation(({ ctx, input }) => experimentsAdmin().flagMigration.revert(ctx.actor, input)),
});
