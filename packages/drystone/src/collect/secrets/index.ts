/** Passwords are no evidence: they are taken out of every text before it is kept. */
export { settingText, valueWithoutSecrets, withoutSecrets } from "./without-secrets.js";
