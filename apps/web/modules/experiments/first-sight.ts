export { FIRST_SIGHT_HEADER, type MadeFor } from "@calcom/features/experiments";
