import common from "@/public/static/locales/en/common.json";
import failure from "@/public/static/locales/en/failure.json";
import { createLocale } from "../i18n";

export default createLocale("en", { ...common, ...failure });
