import { router } from "../trpc";
import { viewerRouter } from "./viewer/_router";

export const appRouter = router({ viewer: viewerRouter });

export type AppRouter = typeof appRouter;
