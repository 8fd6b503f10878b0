export { NotFoundMessage as default } from "@/modules/shell/NotFoundMessage";
