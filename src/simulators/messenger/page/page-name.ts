/** The simulated page's name, as people see it above their conversation. */
export const PAGE_NAME = 'PayPal';
