import { router } from "../../../trpc";
import { experimentsAdminRouter } from "./experiments/_router";
import { flagsAdminRouter } from "./flags/_router";

/** Those of the experiments are for whoever has a role there, those of the flags for administrators. */
export const adminRouter = router({ experiments: experimentsAdminRouter, flags: flagsAdminRouter });
