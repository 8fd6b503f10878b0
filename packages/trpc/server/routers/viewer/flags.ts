import { resolveSchema } from "@calcom/features/flags";
import { flags } from "@calcom/features/flags/server";
import { publicProcedure, router } from "../../trpc";

export const flagsRouter = router({
  /** Slug → state for whoever asks, over all their teams; never a description or metadata. */
  map: publicProcedure.input(resolveSchema).query(({ ctx, input }) => {
    const { userId, hasConsent } = ctx.identity;
    return flags().mapFor({ userId, hasConsent }, input.slugs);
  }),
});
