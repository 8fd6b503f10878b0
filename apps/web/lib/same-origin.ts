export { isSameOrigin } from "@calcom/lib/same-origin";
