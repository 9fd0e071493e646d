// SAP CAP on 127.0.0.1 alone; it would listen on all addresses.
const { Server } = require('net')
const { listen } = Server.prototype
Server.prototype.listen = function (options, ...rest) {
  const port = Number(typeof options === 'object' ? options.port : options)
  return listen.call(this, { port, host: '127.0.0.1' }, ...rest.filter(argument => typeof argument === 'function'))
}
module.exports = require('@sap/cds').server
