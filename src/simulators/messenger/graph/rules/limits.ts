/** Characters of a text message ("less than 2000 characters", Send API reference). */
export const TEXT_LIMIT = 2000;
/** Characters of `metadata` (Send API reference). */
export const METADATA_LIMIT = 1000;
/** Quick replies of one message, characters of a title and of a payload (quick replies reference). */
export const QUICK_REPLIES = 13;
export const QUICK_REPLY_TITLE = 20;
export const PAYLOAD_LIMIT = 1000;
/** Buttons of a template or element, characters of a button's title. */
export const BUTTONS = 3;
export const BUTTON_TITLE = 20;
/** Characters of a button template's text. */
export const BUTTON_TEMPLATE_TEXT = 640;
/** Elements of a generic template, characters of their title and subtitle. */
export const GENERIC_ELEMENTS = 10;
export const ELEMENT_TEXT = 80;
/** Elements of a receipt. */
export const RECEIPT_ELEMENTS = 100;
/** Characters of a persona's name. */
export const PERSONA_NAME = 50;
/** Characters of the greeting, titles of menu items, items of the persistent menu (Messenger Profile API reference). */
export const GREETING_LIMIT = 160;
export const MENU_TITLE = 30;
export const MENU_ITEMS = 20;
