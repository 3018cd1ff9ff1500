RSpec.describe Array do
  it 'is fine' do
  end
end
