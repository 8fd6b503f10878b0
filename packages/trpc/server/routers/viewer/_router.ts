import { router } from "../../trpc";
import { adminRouter } from "./admin/_router";
import { experimentsRouter } from "./experiments";
import { flagsRouter } from "./flags";

/** What the person or browser at the other end may ask for. */
export const viewerRouter = router({
  experiments: experimentsRouter,
  flags: flagsRouter,
  admin: adminRouter,
});
