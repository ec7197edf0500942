class AppError extends Error {
  constructor(message) {
    super(message);
    this.name = 'AppError';
  }
}
throw new AppError('own kind');
// expect uncaught: AppError: own kind
