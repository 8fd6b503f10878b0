export * from "@calcom/lib/json-endpoint";
