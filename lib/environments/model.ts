export type Environment = {
  readonly id: number;
  readonly name: string;
  readonly isProduction: boolean;
};
