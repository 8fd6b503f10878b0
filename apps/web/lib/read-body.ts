export { readBody } from "@calcom/lib/read-body";
