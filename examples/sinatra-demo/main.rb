require "sinatra"

set :bind, "0.0.0.0"
set :port, ENV.fetch("PORT", 3000)

get "/" do
  "Hello from Barcelona"
end
