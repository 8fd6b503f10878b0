import { experimentsAdmin } from "@calcom/features/experiments/server";
import { bulkSchema } from "@calcom/features/experiments/types";
import { experimentsProcedure } from "../../../../trpc";

export const bulkProcedures = {
  changeMany: experimentsProcedure
    .input(bulkSchema)
    .mutation(({ ctx, input }) => experimentsAdmin().bulk.change(ctx.actor, input)),
};
