console.log('cutover');
