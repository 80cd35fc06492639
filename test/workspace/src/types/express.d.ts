declare namespace Express {
  interface Request {
    user: { id: string; teamId: string };
  }
}
