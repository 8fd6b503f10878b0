export { ExperimentsAdmin, type ExperimentsAdminProps } from "./ExperimentsAdmin";
