import { createTransport } from "nodemailer";

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** Sends by the server of `SMTP_URL`. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
  close(): void;
}

const WAIT_MS = 10_000;

export function createMailer({ url, from }: { url: string; from: string }): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: WAIT_MS,
    greetingTimeout: WAIT_MS,
    socketTimeout: WAIT_MS,
    // A text of ours needs neither.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(mail) {
      // As an object: a text would be searched for further addresses.
      await transport.sendMail({
        ...mail,
        to: { name: "", address: mail.to },
        from,
        headers: { "Auto-Submitted": "auto-generated" },
      });
    },
    close: () => transport.close(),
  };
}
