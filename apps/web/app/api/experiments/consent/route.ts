import { consentEndpoint } from "@/modules/consent/consent-endpoint";

export { consentEndpoint as POST };
