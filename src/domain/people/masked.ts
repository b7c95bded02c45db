/** How a phone number (E.164) is shown to somebody who may not know it: `+1 •••••• 2671`. */
export function maskedPhone(phone: string): string {
  const country = phone.startsWith('+1') ? 2 : 3;
  return `${phone.slice(0, country)} •••••• ${phone.slice(-4)}`;
}

/** How an e-mail address is shown to somebody who may not know it: `d…a@example.com`. */
export function maskedEmail(email: string): string {
  const at = email.lastIndexOf('@');
  const name = email.slice(0, Math.max(at, 0));
  const shownName = name.length <= 2 ? `${name.slice(0, 1)}…` : `${name.slice(0, 1)}…${name.slice(-1)}`;
  return `${shownName}${email.slice(Math.max(at, 0))}`;
}
