/**
 * The database role that the application works as: it may read and write every table, and only append to the books. It
 * owns nothing, so it can neither switch a trigger off nor change a table.
 */
export const APP_ROLE = 'paypal_in_messenger_app';
