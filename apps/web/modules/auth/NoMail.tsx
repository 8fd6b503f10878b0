import { Alert } from "@calcom/ui";
import { getServerTranslation } from "@/lib/i18n-server";
import { BackToSignIn } from "./BackToSignIn";

/** Where no server for mail is set up, somebody has to be asked. */
export async function NoMail() {
  const { t } = await getServerTranslation();
  return (
    <div className="grid gap-4">
      <h1 className="font-semibold text-xl tracking-tight">{t("reset_title")}</h1>
      <Alert title={t("reset_no_mail_title")}>{t("reset_no_mail_description")}</Alert>
      <BackToSignIn label={t("back_to_sign_in")} />
    </div>
  );
}
