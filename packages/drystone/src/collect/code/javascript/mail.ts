import type { Detector } from "../detector.js";
import { connectionOf, emitAddresses } from "./addresses.js";
import { callsOf } from "./calls-of.js";
import { imports } from "./imports.js";

const libraries: readonly { readonly module: string; readonly sends: RegExp }[] = [
  { module: "nodemailer", sends: /^(?:createTransport|createTransporter)$/ },
  { module: "@nestjs-modules/mailer", sends: /^(?:forRoot|forRootAsync|sendMail)$/ },
  { module: "@sendgrid/mail", sends: /^(?:send|setApiKey|sendMultiple)$/ },
  { module: "mailgun.js", sends: /^client$/ },
  { module: "mailgun-js", sends: /^mailgun$/ },
  { module: "postmark", sends: /^(?:ServerClient|sendEmail)$/ },
  { module: "resend", sends: /^Resend$/ },
  { module: "emailjs", sends: /^(?:SMTPClient|connect)$/ },
  { module: "sendmail", sends: /^sendmail$/ },
  { module: "node-mailjet", sends: /^(?:apiConnect|connect)$/ },
  { module: "@aws-sdk/client-ses", sends: /^(?:SESClient|SES)$/ },
];

/** SMTP and mail services. */
export const mail: Detector = {
  name: "javascript/mail",
  languages: ["javascript"],
  words: libraries.map(({ module }) => module),
  detect(source, emit) {
    for (const { module, sends } of libraries) {
      if (!imports(source, module)) continue;
      for (const call of callsOf(source)) {
        if (!sends.test(call.name)) continue;
        if (call.name.startsWith("forRoot") && call.receiver !== "MailerModule") continue;
        emit(call.start, { kind: "mail", library: module });
        if (/createTransport|SMTPClient|forRoot/.test(call.name))
          emitAddresses(emit, call.start, "smtp", connectionOf(source, call.open));
      }
    }
  },
};
