/** Of the settings, those that decide what runs on this machine and where. Absent = embedded or simulated. */
export interface LocalSettings {
  readonly HOST: string;
  readonly PORT: number;
  readonly DATA_DIR: string;
  readonly DATABASE_URL?: string | undefined;
  readonly TEMPORAL_ADDRESS?: string | undefined;
  readonly TEMPORAL_NAMESPACE: string;
  readonly TEMPORAL_PORT: number;
  readonly TEMPORAL_UI_PORT: number;
  readonly CODEC_PORT: number;
  readonly MESSENGER_API_URL?: string | undefined;
  readonly MESSENGER_SIM_PORT: number;
  readonly PAYPAL_API_URL?: string | undefined;
  readonly PAYPAL_SIM_PORT: number;
  readonly PAYPAL_WEB_URL?: string | undefined;
  readonly SIM_MESSENGER_DATABASE_URL?: string | undefined;
  readonly SIM_PAYPAL_DATABASE_URL?: string | undefined;
}

/** The host to put into an address: one that listens everywhere is reached on the loopback. */
export function reachableHost(host: string): string {
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}
